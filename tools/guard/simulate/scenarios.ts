import { enrollmentFraud } from "./scenarios/enrollment-fraud.ts";
import { joiners } from "./scenarios/joiners.ts";
import { signInFraud } from "./scenarios/sign-in-fraud.ts";
import { strangers } from "./scenarios/strangers.ts";
import { userNames } from "./scenarios/user-names.ts";
import { usual } from "./scenarios/usual.ts";

/** What real people meet. */
export const harm = [...usual, ...joiners, ...userNames, ...strangers];
/** What earns an attacker money. */
export const fraud = [...enrollmentFraud, ...signInFraud];
export const scenarios = [...harm, ...fraud];
