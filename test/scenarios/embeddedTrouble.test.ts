import { playEmbedded } from "./playEmbedded";
import { trouble } from "./scenarios";

playEmbedded(trouble);
