import { NavTabs } from "@/app/_ui/nav-tabs";
import { requireViewer } from "./require-viewer";
import { TopBar } from "./top-bar";

const TABS = [
  { href: "/", label: "Home", exact: true },
  { href: "/rate", label: "Rate" },
  { href: "/settings", label: "Settings" },
] as const;

/** The bar of the pages that stand above all projects. */
export async function HomeBar() {
  const viewer = await requireViewer();
  return (
    <TopBar
      viewer={viewer}
      nav={<NavTabs label="Main" tabs={TABS} />}
      pages={TABS}
      project={null}
      switcher={null}
    />
  );
}
