"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { Link } from "./link";

const ITEM =
  "flex min-h-7 items-center gap-2 rounded-1 px-2 py-1 text-13 wrap-anywhere text-ink outline-none data-highlighted:bg-surface-hover data-highlighted:shadow-none [&_svg]:size-3.5 [&_svg]:shrink-0";

export type MenuProps = {
  /** One focusable element, e.g. a Button. */
  trigger: ReactNode;
  align?: "start" | "end";
  children: ReactNode;
};

export function Menu({ trigger, align = "start", children }: MenuProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          className="z-50 max-w-[calc(100vw-16px)] min-w-44 rounded-2 border border-line bg-surface-raised p-1 shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem(props: { onSelect: () => void; danger?: boolean; children: ReactNode }) {
  return (
    <Radix.Item onSelect={props.onSelect} className={cx(ITEM, props.danger && "text-bad")}>
      {props.children}
    </Radix.Item>
  );
}

export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Radix.Item asChild className={ITEM}>
      <Link href={href}>{children}</Link>
    </Radix.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="small-print px-2 pt-1.5 pb-1">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}

export type MenuRadioProps<V extends string> = {
  label: string;
  value: V;
  onChange: (value: V) => void;
  options: readonly { value: V; label: string }[];
  /** For a choice that changes what lies below the menu. */
  closes?: boolean;
};

/** One of several; the menu stays open, so that the choice can be seen, unless it `closes`. */
export function MenuRadio<V extends string>({
  label,
  value,
  onChange,
  options,
  closes = false,
}: MenuRadioProps<V>) {
  return (
    <Radix.RadioGroup value={value} aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <Radix.RadioItem
          key={option.value}
          value={option.value}
          className={cx(ITEM, "pl-7 relative")}
          onSelect={(event) => {
            if (!closes) event.preventDefault();
            onChange(option.value);
          }}
        >
          <Radix.ItemIndicator className="absolute left-2">
            <Check aria-hidden />
          </Radix.ItemIndicator>
          {option.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
