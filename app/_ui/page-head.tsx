import type { ReactNode } from "react";

export type PageHeadProps = {
  /** The finding ("464 pairs rated, 263 at Level 5"), not the page's name: the tab says that. */
  title: ReactNode;
  sub?: ReactNode;
  actions?: ReactNode;
};

export function PageHead({ title, sub, actions }: PageHeadProps) {
  return (
    <div className="mb-3.5 flex items-end gap-x-6 gap-y-2 max-[700px]:flex-wrap">
      <div className="min-w-0 break-words">
        <h1>{title}</h1>
        {sub ? <p className="mt-[3px] text-13 text-ink-3">{sub}</p> : null}
      </div>
      {actions ? (
        <div className="ml-auto flex shrink-0 items-center gap-2 max-[700px]:ml-0 max-[700px]:shrink max-[700px]:flex-wrap">
          {actions}
        </div>
      ) : null}
    </div>
  );
}

/** The ground every project page stands on. */
export function Page({ children }: { children: ReactNode }) {
  return <main className="px-6 pt-3.5 pb-4 max-[700px]:px-4">{children}</main>;
}
