// Addresses that the settings name: where collecting may go.

/** Every address in a setting: the hosts that a source may be collected from. */
export function urlsIn(value: unknown): string[] {
  if (typeof value === 'string')
    return /^(?:https?|postgres(?:ql)?|mysql|mariadb|imaps?):\/\//.test(value) ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(urlsIn);
}
