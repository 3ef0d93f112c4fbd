// Reads a page of -o html with parse5, which follows the standard as browsers do.
import { type DefaultTreeAdapterTypes, parse } from 'parse5';

export type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

export function readPage(html: string): Node {
  return parse(html);
}

/** Every element of this name below a node, in the order of the page. */
export function elements(node: Node | undefined, name?: string): Element[] {
  const children = node !== undefined && 'childNodes' in node ? node.childNodes : [];
  return children.flatMap(child => {
    const inner = elements(child, name);
    return 'tagName' in child && (name === undefined || child.tagName === name) ? [child, ...inner] : inner;
  });
}

export function textOf(node: Node | undefined): string {
  if (node === undefined) return '';
  if ('value' in node && node.nodeName === '#text') return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

export function attribute(element: Element | undefined, name: string): string | undefined {
  return element?.attrs.find(one => one.name === name)?.value;
}

/** Texts of the first table, row by row, its head first. */
export function tableCells(page: Node): string[][] {
  const [table] = elements(page, 'table');
  const [foot] = elements(table, 'tfoot');
  return elements(table, 'tr')
    .filter(row => !elements(foot, 'tr').includes(row))
    .map(row => row.childNodes.map(textOf));
}
