// The board as it was, and what changed between two moments. (Comes with the statistics.)
export function TimeTravel() {
  return null;
}

export function useComparison() {
  return null;
}
