// Administration: who has an account, with which roles; one more; and what each role may.

import type { RightsAnswer } from '../../../api/session.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { useMe } from '../../me.tsx';
import { Empty } from '../../parts/empty.tsx';
import { NoAccounts } from '../../parts/no-accounts.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useTitle } from '../../title.ts';
import { AccountCard } from './account-card.tsx';
import { AddAccount } from './add-account.tsx';

export default function Accounts() {
  const { t } = useWords();
  const { may } = useMe();
  const { data, error, refetch } = useAnswer('/api/v1/accounts');
  useTitle(t('accounts.title'));
  return (
    <div className="screen">
      <header className="intro">
        <h1>{t('accounts.title')}</h1>
        <p className="lead">{t('accounts.lead')}</p>
      </header>
      <NoAccounts />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={4} />}
      {data?.accounts.length === 0 && <Empty title={t('accounts.empty.title')} body={t('accounts.empty.body')} />}
      {data !== undefined && data.accounts.length > 0 && (
        <ul className="accounts">
          {data.accounts.map((account) => (
            <AccountCard key={account.person} account={account} isChangeable={may('administer')} />
          ))}
        </ul>
      )}
      {data !== undefined && may('administer') && <AddAccount isFirst={data.accounts.length === 0} />}
      <Matrix />
    </div>
  );
}

type Row = RightsAnswer['rights'][number];
const ROLES = ['reader', 'analyst', 'reviewer', 'steward', 'dpo', 'admin', 'garant'] as const;

function Matrix() {
  const { t, named } = useWords();
  const { data } = useAnswer('/api/v1/rights');
  if (data === undefined) return null;
  const columns: readonly Column<Row>[] = [
    { key: 'right', title: t('rights.right'), value: ({ right }) => named('right', right) },
    ...ROLES.map((role) => ({
      key: role,
      title: t(`role.${role}`),
      value: ({ roles }: Row) => (roles.includes(role) ? t('rights.yes') : '–'),
    })),
  ];
  return (
    <section className="card" aria-labelledby="rights-title">
      <h2 id="rights-title">{t('rights.title')}</h2>
      <p className="faint">{t('rights.lead')}</p>
      <Table caption={t('rights.caption')} columns={columns} rows={data.rights} rowKey={({ right }) => right} />
    </section>
  );
}
