package dev.infermux.mock.http;

import java.util.Iterator;

/** Decides what is done about each request. Called on the connection's event loop. */
public interface WireScript {
  Iterator<WireStep> answer(WireRequest request);
}
