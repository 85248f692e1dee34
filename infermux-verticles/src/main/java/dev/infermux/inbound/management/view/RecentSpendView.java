package dev.infermux.inbound.management.view;

/** What the last hours cost. */
public interface RecentSpendView {

  RecentSpend recentSpend();
}
