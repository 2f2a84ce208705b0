// Patterns that say what colour says: hatching means "few answers", dots mean "positive".

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** A Plot mark that defines the patterns of one drawing; `id` keeps drawings of a page apart. */
export function patterns(id: string): () => SVGElement {
  return () => {
    const definitions = document.createElementNS(NAMESPACE, 'defs');
    definitions.append(
      pattern(`${id}-hatch`, { size: 6, path: 'M-1 7 7 -1M-1 1 1 -1M5 7 7 5', stroke: 'var(--surface)', width: 1.8 }),
      pattern(`${id}-hatch-ink`, {
        size: 6,
        path: 'M-1 7 7 -1M-1 1 1 -1M5 7 7 5',
        stroke: 'var(--line-strong)',
        width: 0.9,
      }),
      pattern(`${id}-dots`, { size: 5, path: 'M2.5 2.5h.01', stroke: 'var(--surface)', width: 1.7 }),
    );
    return definitions;
  };
}

interface PatternShape {
  readonly size: number;
  readonly path: string;
  readonly stroke: string;
  readonly width: number;
}

function pattern(id: string, { size, path, stroke, width }: PatternShape): SVGElement {
  const element = document.createElementNS(NAMESPACE, 'pattern');
  const line = document.createElementNS(NAMESPACE, 'path');
  for (const [name, value] of Object.entries({ id, width: size, height: size, patternUnits: 'userSpaceOnUse' })) {
    element.setAttribute(name, String(value));
  }
  for (const [name, value] of Object.entries({ d: path, stroke, 'stroke-width': width, 'stroke-linecap': 'round' })) {
    line.setAttribute(name, String(value));
  }
  element.append(line);
  return element;
}
