import { enrollmentFraud } from "./scenarios/enrollment-fraud.ts";
import { joiners } from "./scenarios/joiners.ts";
import { signInFraud } from "./scenarios/sign-in-fraud.ts";
import { attacksOnPeople } from "./scenarios/attacks-on-people.ts";
import { userNames } from "./scenarios/user-names.ts";
import { usual } from "./scenarios/usual.ts";

/** Scenarios that measure harm to real people. */
export const harm = [...usual, ...joiners, ...userNames, ...attacksOnPeople];
/** Scenarios in which an attacker earns money. */
export const fraud = [...enrollmentFraud, ...signInFraud];
export const scenarios = [...harm, ...fraud];
