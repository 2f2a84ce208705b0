// Which roles an account has, each with what it opens.

import type { AccountAnswer } from '../../../api/accounts.ts';
import { useWords } from '../../language.tsx';

export type Role = AccountAnswer['roles'][number];
const ROLES = ['reader', 'analyst', 'reviewer', 'steward', 'dpo', 'admin', 'garant'] as const satisfies readonly Role[];

interface RoleBoxesProps {
  readonly roles: readonly Role[];
  readonly setRoles: (roles: readonly Role[]) => void;
  readonly describedBy?: string;
}

export function RoleBoxes({ roles, setRoles, describedBy }: RoleBoxesProps) {
  const { t } = useWords();
  return (
    <fieldset className="role-boxes" aria-describedby={describedBy}>
      <legend>{t('accounts.roles')}</legend>
      {ROLES.map((role) => (
        <label key={role} className="check">
          <input
            type="checkbox"
            checked={roles.includes(role)}
            onChange={({ target }) =>
              setRoles(ROLES.filter((one) => (one === role ? target.checked : roles.includes(one))))
            }
          />
          <span>
            <strong>{t(`role.${role}`)}</strong> <span className="small faint">{t(`role.${role}.does`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
