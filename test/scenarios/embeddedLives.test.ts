import { playEmbedded } from "./playEmbedded";
import { lives } from "./scenarios";

playEmbedded(lives);
