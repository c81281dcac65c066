// The ways of working that a page has which is served for editing, in the order of the bar.
import { questionsMode } from "./questions.js";
import { titlesMode } from "./titles.js";
import { wordsMode } from "./words.js";

export const MODES = [wordsMode, questionsMode, titlesMode];
