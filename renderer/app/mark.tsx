/** Souk's mark: an arch of the market, and a coin under it. */
export function Mark({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--mantine-color-tile-7)" />
      <path
        d="M7 26V15.5C7 10 11 6.5 16 5c5 1.500 9 5 9 10.500V26"
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="19.500" r="4.200" fill="#f2b84b" />
    </svg>
  );
}
