"use client";

import { useState } from "react";
import { MenuRadio } from "@/app/_ui/menu";
import { isTheme, THEME_COOKIE, type Theme } from "@/app/_ui/theme";

const OPTIONS = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

const A_YEAR = 365 * 24 * 60 * 60;

function readTheme(): Theme {
  const shown = document.documentElement.dataset.theme;
  return isTheme(shown) ? shown : "system";
}

function applyTheme(theme: Theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain-HTTP addresses
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${A_YEAR}; samesite=lax`;
}

/** Only ever rendered inside an open menu, so the document is there. */
export function ThemeChoice() {
  const [theme, setTheme] = useState(readTheme);
  return (
    <MenuRadio
      label="Theme"
      value={theme}
      options={OPTIONS}
      onChange={(chosen) => {
        applyTheme(chosen);
        setTheme(chosen);
      }}
    />
  );
}
