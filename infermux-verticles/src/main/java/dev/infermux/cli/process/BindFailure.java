package dev.infermux.cli.process;

import dev.infermux.network.CauseText;

/** Why an address cannot be listened at, and what to do about it. */
public final class BindFailure {

  private BindFailure() {}

  /**
   * The error of a command.
   *
   * @param where what sets the address, such as a flag or a key
   */
  public static UserError of(String address, String where, Exception cause) {
    String why = CauseText.of(cause);
    return new UserError(
        ExitCode.CAN_NOT_BIND,
        "cannot listen on " + address + ": " + why + " (" + advice(why) + " with " + where + ")");
  }

  /** Whether another socket has it. */
  public static boolean inUse(String why) {
    return why.contains("in use");
  }

  /** What helps against such a reason of the system. */
  public static String advice(String why) {
    if (inUse(why)) {
      return "stop what uses the address, or choose another one";
    }
    return why.contains("ermission")
        ? "give the process CAP_NET_BIND_SERVICE, or choose a port from 1024 on"
        : "choose an address of this machine";
  }
}
