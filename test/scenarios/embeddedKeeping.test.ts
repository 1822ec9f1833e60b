import { playEmbedded } from "./playEmbedded";
import { keeping } from "./scenarios";

playEmbedded(keeping);
