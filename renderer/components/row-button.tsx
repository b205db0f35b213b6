interface RowButtonProps {
  readonly look?: 'filled' | 'light' | 'default';
  /** For those who do not see in which row it stands. */
  readonly label: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: string;
}

/** A small button in the rows of a long list, which are made while it scrolls: one plain element. */
export function RowButton(props: RowButtonProps) {
  const { look = 'filled', label, busy = false, disabled = false, onClick, children } = props;
  return (
    <button
      type="button"
      className="souk-row-button"
      data-look={look}
      aria-label={label}
      aria-busy={busy || undefined}
      disabled={disabled || busy}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
