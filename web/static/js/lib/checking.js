/**
 * How a check at the camera goes, without flicker. Each look is announced as a comparison before its advice comes:
 * somebody who was told what to do keeps reading that until there is something else to do.
 * @typedef {NonNullable<import("../view").Live["check"]>} Going
 */

/**
 * @returns {(check: number | undefined, going: Going | undefined) => Going | undefined} `check`: when it was asked for
 */
export function steadied() {
  /** @type {{check: number, going: Going} | null} */
  let advised = null;
  return (check, going) => {
    if (check === undefined || !going) {
      if (check !== advised?.check) advised = null;
      return going;
    }
    if (going.state === "looking") advised = { check, going };
    return going.state === "comparing" && advised?.check === check ? advised.going : going;
  };
}
