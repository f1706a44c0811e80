/** Version 1 of every project's rating guideline; a project may write its own later versions. */
export const DEFAULT_GUIDELINE = `Judge each image on its own against its prompt.

Correct: concept A and concept B are both plainly there, and they stand in the relation the prompt asks for. "A tea cup of iced coke" needs a tea cup, iced coke, and the coke in the cup.

Incorrect: one of the two is missing, is replaced by something more usual (a glass instead of the tea cup), is blended into the other, or the relation is wrong (the cup stands beside the drink).

Style, beauty, background and small flaws do not count. Extra objects do not count, unless they take the place of A or B. When you hesitate, ask: would someone who sees only the image name both concepts?

Broken: the image did not arrive whole, is blank or is noise. Broken is about the file, never about the scene.

Cannot judge: the prompt is unclear to you, you do not know a concept, or an image upsets you. The grid then goes to someone else.`;
