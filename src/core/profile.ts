// A profile as requests see it: which provider, where, and the settings that shape a call. Its secrets stay in auth/.

export interface CallProfile {
  readonly name: string;
  readonly provider: string;
  /** Without trailing slash. */
  readonly baseUrl: string;
  /** Settings, by the names that the provider's literal gives them. */
  readonly settings: Readonly<Record<string, string>>;
  /** Paths the provider does not publish, by endpoint name. */
  readonly paths: Readonly<Record<string, string>>;
}
