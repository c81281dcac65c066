// The ways of working that a page has which is served for editing, in the order of the bar.

export const MODES = [];
