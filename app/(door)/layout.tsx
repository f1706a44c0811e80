import type { StaticImageData } from "next/image";
import type { ReactNode } from "react";
import { Logo } from "@/app/_ui/logo";
import cup from "./_door/cup.svg";
import glass from "./_door/glass.svg";

export default function DoorLayout({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-screen bg-surface lg:grid-cols-2">
      <section className="flex flex-col justify-center border-line bg-surface-sunken px-6 py-6 max-lg:border-b lg:border-r lg:px-16 lg:py-12">
        <div className="flex items-center gap-2.5 text-16 font-bold text-ink lg:mb-10">
          <Logo />
          Teacup
        </div>
        <div className="max-lg:hidden">
          <p className="max-w-[15em] text-34 font-bold tracking-[-0.02em] text-ink">
            Ask for a tea cup of iced coke, and it draws a glass.
          </p>
          <p className="mt-4 max-w-[30em] text-16">
            Teacup finds such pairs, and has people prove them, image by image.
          </p>
          <div className="mt-8 grid max-w-[480px] grid-cols-2 gap-4">
            <Shown image={glass} alt="A glass of iced coke" caption="What the generator drew" />
            <Shown image={cup} alt="A tea cup of iced coke" caption="What was asked for" />
          </div>
        </div>
      </section>
      <section className="flex flex-col justify-center px-6 py-12 lg:px-16">
        <div className="w-full max-w-[380px]">{children}</div>
      </section>
    </main>
  );
}

function Shown(props: { image: StaticImageData; alt: string; caption: string }) {
  return (
    <figure>
      <img src={props.image.src} alt={props.alt} width={512} height={512} className="rounded-2" />
      <figcaption className="mt-2 text-14">{props.caption}</figcaption>
    </figure>
  );
}
