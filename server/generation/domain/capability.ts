/** A generator can draw a concept when 16 of 20 images show it; the database judges by the same rule. */
export const canDraw = ({ correct, rated }: { correct: number; rated: number }): boolean =>
  correct * 5 >= rated * 4;
