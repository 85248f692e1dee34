package dev.infermux.dialect.openai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A choice's calls of tools, counted from 0, and where the provider's indexes lead. */
final class StreamedCalls {

  private final String prefix;
  private final List<StreamedCall> all = new ArrayList<>();
  private final Map<Long, Integer> places = new HashMap<>();

  /**
   * @param prefix of the ids of calls that have none
   */
  StreamedCalls(String prefix) {
    this.prefix = prefix;
  }

  /** The call that a fragment belongs to, which it may begin. */
  StreamedCall of(ToolFragment fragment, int position) {
    int known =
        fragment.index < 0
            ? unnumbered(fragment, position)
            : places.getOrDefault(fragment.index, -1);
    fragment.first = known < 0 || (fragment.index >= 0 && all.get(known).isOtherThan(fragment));
    fragment.place = fragment.first ? begin(fragment) : known;
    return all.get(fragment.place);
  }

  private int begin(ToolFragment fragment) {
    int place = all.size();
    boolean given = !fragment.id.isEmpty();
    all.add(new StreamedCall(given ? fragment.id : prefix + place, given));
    if (fragment.index >= 0) {
      places.put(fragment.index, place);
    }
    return place;
  }

  /** The place of a fragment without an index, by its id, its name, or where it stands. */
  private int unnumbered(ToolFragment fragment, int position) {
    int last = all.size() - 1;
    int same = fragment.id.isEmpty() ? -1 : last;
    while (same >= 0 && !all.get(same).id.equals(fragment.id)) {
      same--;
    }
    if (same >= 0 || (!fragment.id.isEmpty() && !fragment.name.isEmpty())) {
      return same;
    }
    if (position <= last && all.get(position).goesOnWith(fragment)) {
      return position;
    }
    boolean continued =
        fragment.name.isEmpty() || (last >= 0 && all.get(last).goesOnWith(fragment));
    return continued ? last : -1;
  }
}
