// The product's own sign: a voice becoming a line.

export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" width="34" height="34" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" className="mark-ground" />
      <path d="M8 21c4 0 4-12 8-12s4 12 8 12" className="mark-line" />
      <path d="M8 25.5h16" className="mark-line faint" />
    </svg>
  );
}
