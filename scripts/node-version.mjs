// Written for old Nodes too: what they cannot parse they cannot refuse in words.
const [neededMajor, neededMinor] = [20, 19];

/** Says in one line that this Node is too old, and returns false; true where it is new enough. */
export function isNodeNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return true;
  console.error(
    `Bellhop needs Node ${neededMajor}.${neededMinor} or newer, and this is Node ${version}: install a newer one from https://nodejs.org.`,
  );
  return false;
}
