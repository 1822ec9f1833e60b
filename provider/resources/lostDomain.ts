export { lostDomain } from "../core/process/lostDomain";
