// What stands in the place of a secret, in every stream and wherever a request is shown.
export const redacted = '[redacted]';
