package dev.infermux.budget;

import dev.infermux.bus.LocalAddress;
import dev.infermux.bus.LocalInbox;
import dev.infermux.bus.MessageType;
import dev.infermux.mist.MistType;

/** Where the budget verticle of one InferMux is reached: an address for each message. */
record BudgetAddresses(String instance) {
  private static final MessageType<ReserveBudget> RESERVE =
      new MessageType<>(MistType.BUDGET_RESERVE, ReserveBudget.class);
  private static final MessageType<BudgetReserved> RESERVED =
      new MessageType<>(MistType.BUDGET_RESERVED, BudgetReserved.class);
  private static final MessageType<ExtendReservation> EXTEND =
      new MessageType<>(MistType.BUDGET_EXTEND, ExtendReservation.class);
  private static final MessageType<ExtendReservation.Extended> EXTENDED =
      new MessageType<>(MistType.BUDGET_EXTENDED, ExtendReservation.Extended.class);
  private static final MessageType<LedgerUpdates> UPDATE =
      new MessageType<>(MistType.BUDGET_UPDATE, LedgerUpdates.class);
  private static final MessageType<ReadReports> REPORT =
      new MessageType<>(MistType.BUDGET_REPORT, ReadReports.class);
  private static final MessageType<ReadReports.Read> REPORTED =
      new MessageType<>(MistType.BUDGET_REPORTED, ReadReports.Read.class);
  private static final MessageType<InspectAccounts> INSPECT =
      new MessageType<>(MistType.BUDGET_INSPECT, InspectAccounts.class);
  private static final MessageType<InspectAccounts.Inspected> INSPECTED =
      new MessageType<>(MistType.BUDGET_INSPECTED, InspectAccounts.Inspected.class);
  private static final MessageType<PreviewReservation> PREVIEW =
      new MessageType<>(MistType.BUDGET_PREVIEW, PreviewReservation.class);
  private static final MessageType<PreviewReservation.Previewed> PREVIEWED =
      new MessageType<>(MistType.BUDGET_PREVIEWED, PreviewReservation.Previewed.class);

  private static final MessageType<ReconfigureBudgets> RECONFIGURE =
      new MessageType<>(MistType.BUDGET_RECONFIGURE, ReconfigureBudgets.class);
  private static final MessageType<ReconfigureBudgets.Reconfigured> RECONFIGURED =
      new MessageType<>(MistType.BUDGET_RECONFIGURED, ReconfigureBudgets.Reconfigured.class);

  LocalAddress<ReserveBudget, BudgetReserved> reserve() {
    return new LocalAddress<>(name("reserve"), RESERVE, RESERVED);
  }

  LocalAddress<ExtendReservation, ExtendReservation.Extended> extend() {
    return new LocalAddress<>(name("extend"), EXTEND, EXTENDED);
  }

  LocalInbox<LedgerUpdates> update() {
    return new LocalInbox<>(name("update"), UPDATE);
  }

  LocalAddress<ReadReports, ReadReports.Read> report() {
    return new LocalAddress<>(name("report"), REPORT, REPORTED);
  }

  LocalAddress<InspectAccounts, InspectAccounts.Inspected> inspect() {
    return new LocalAddress<>(name("inspect"), INSPECT, INSPECTED);
  }

  LocalAddress<PreviewReservation, PreviewReservation.Previewed> preview() {
    return new LocalAddress<>(name("preview"), PREVIEW, PREVIEWED);
  }

  LocalAddress<ReconfigureBudgets, ReconfigureBudgets.Reconfigured> reconfigure() {
    return new LocalAddress<>(name("reconfigure"), RECONFIGURE, RECONFIGURED);
  }

  private String name(String message) {
    return "infermux.budget." + instance + "." + message;
  }
}
