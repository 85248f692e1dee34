package dev.infermux.dialect.anthropic;

import dev.infermux.json.Span;
import dev.infermux.json.Splice;
import java.util.ArrayList;
import java.util.List;

/** The elements of one array, some of which are left out together with their commas. */
final class Elements {

  private final List<Span> places = new ArrayList<>();
  private final List<Boolean> kept = new ArrayList<>();

  void add(Span place, boolean keep) {
    places.add(place);
    kept.add(keep);
  }

  boolean keepsAll() {
    return !kept.contains(false);
  }

  boolean keepsNone() {
    return !kept.contains(true);
  }

  /** Takes out what is not kept. Something must be kept. */
  void leaveOut(Splice edits) {
    int last = kept.lastIndexOf(true);
    for (int i = 0; i < last; i++) {
      if (!kept.get(i)) {
        edits.replace(new Span(places.get(i).from(), places.get(i + 1).from()), "");
      }
    }
    if (last < places.size() - 1) {
      edits.replace(new Span(places.get(last).to(), places.get(places.size() - 1).to()), "");
    }
  }
}
