import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { TrpcProvider } from "./_trpc/client";
import { isTheme, THEME_COOKIE } from "./_ui/theme";
import { Toaster } from "./_ui/toaster";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Teacup", template: "%s · Teacup" },
  description: "Finds, proves and publishes latent concept misalignment in text-to-image models",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The theme travels in a cookie, so that the first paint already has it.
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  const theme = isTheme(chosen) && chosen !== "system" ? chosen : undefined;
  return (
    <html lang="en" data-theme={theme}>
      <body>
        <TrpcProvider>
          <Toaster>{children}</Toaster>
        </TrpcProvider>
      </body>
    </html>
  );
}
