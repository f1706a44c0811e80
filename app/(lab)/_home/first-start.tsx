import { Plug, Plus, Upload } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "@/app/_ui/link";
import type { DefaultGenerators } from "@/server/generation/domain/default-generators";
import { CreateProjectLink } from "./create-project-link";
import { ExampleStrip } from "./example-strip";
import { StartExampleButton } from "./start-example-button";

export type FirstStartProps = {
  firstName: string;
  isAdmin: boolean;
  generators: DefaultGenerators;
};

const DRAWN_BY = {
  "tiny-world": "Tiny World, a small diffusion model with a planted bias, draws the images",
  sketch: "The built-in Sketch simulator draws the images",
} satisfies Record<DefaultGenerators, string>;

export function FirstStart({ firstName, isAdmin, generators }: FirstStartProps) {
  return (
    <>
      <h1 className="text-34 tracking-[-0.02em]">Welcome, {firstName}</h1>
      <p className="mt-2.5 max-w-[60ch] text-16">
        There is no project yet. Begin with the example to see the whole way from a pair to a Level,
        or bring your own.
      </p>
      <div className="mt-9 grid grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)] gap-12 max-md:grid-cols-1">
        <section>
          <ExampleStrip generators={generators} />
          <h2 className="mt-5 mb-1.5 text-20 leading-[26px]">Start from the example</h2>
          <p className="mb-[18px] max-w-[56ch]">
            24 pairs in two patterns. {DRAWN_BY[generators]} on this machine: no GPU, no key. Your
            first Level takes about three minutes.
          </p>
          <StartExampleButton variant="primary" />
        </section>
        <section className="border-l border-line pl-12 max-md:border-l-0 max-md:pl-0">
          <h2 className="mb-1.5 text-20 leading-[26px]">Or bring your own</h2>
          <ul className="divide-y divide-line">
            <Way icon={<Plus aria-hidden />} says="Type the first pairs and name a pattern">
              <CreateProjectLink label="Empty project" next="" />
            </Way>
            <Way icon={<Upload aria-hidden />} says="A CSV file, with a preview">
              <CreateProjectLink label="Import pairs" next="/import" />
            </Way>
            {isAdmin ? (
              <Way icon={<Plug aria-hidden />} says="It only needs outgoing HTTPS">
                <Link href="/settings/bridges" className="link font-mid">
                  Connect a GPU box
                </Link>
              </Way>
            ) : null}
          </ul>
        </section>
      </div>
    </>
  );
}

function Way({ icon, says, children }: { icon: ReactNode; says: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[20px_1fr] gap-3 py-3 [&>svg]:mt-0.5 [&>svg]:size-4">
      {icon}
      <span>
        {children}
        <br />
        <span className="small-print">{says}</span>
      </span>
    </li>
  );
}
