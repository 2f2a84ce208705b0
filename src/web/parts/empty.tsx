// A screen with nothing to show yet: why, and the one thing to type.

import type { ReactNode } from 'react';

interface EmptyProps {
  readonly title: string;
  readonly body: string;
  readonly commands?: readonly { readonly command: string; readonly does: string }[];
  readonly children?: ReactNode;
}

export function Empty({ title, body, commands = [], children }: EmptyProps) {
  return (
    <section className="empty">
      <h2>{title}</h2>
      <p>{body}</p>
      {commands.length > 0 && (
        <dl className="commands">
          {commands.map(({ command, does }) => (
            <div key={command}>
              <dt>
                <code>{command}</code>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </section>
  );
}
