/**
 * Why a call was not sent: this process is ending, or may lead no longer. It says nothing of the outside world and is no bug; whoever
 * meets it does nothing more.
 */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}
