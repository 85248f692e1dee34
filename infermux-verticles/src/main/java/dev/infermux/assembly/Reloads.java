package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ConfigChange;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReloadSource;
import dev.infermux.config.ReloadTrigger;
import dev.infermux.inbound.management.view.ConfigView;
import dev.infermux.inbound.management.view.JoinedProvider;
import dev.infermux.inbound.management.view.ReloadOutcome;
import io.vertx.config.ConfigRetriever;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration again, when its files change or somebody asks, and brings it into force:
 * one reload after another, each of them whole. Safe on any thread.
 */
final class Reloads implements ConfigView {

  private final Vertx vertx;
  private final @Nullable ReloadSource source;
  private final ConfigApplier configs;
  private final RuntimeProviders runtime;
  private final ReloadReport report;
  private final RuntimeChanges changes;
  private final RuntimeKeys keys;
  private final RuntimeBudgets budgets;
  private final SectionsInForce sections;
  private final SharedSide shared;
  private final AtomicReference<Future<?>> last = new AtomicReference<>(Future.succeededFuture());
  private @Nullable ConfigRetriever watch;
  private List<Path> watched = List.of();
  private volatile boolean closed;

  /** What the file said when it was taken last. */
  private volatile @Nullable Config taken;

  private Reloads(
      SectionsInForce sections,
      ConfigApplier configs,
      RuntimeProviders runtime,
      ReloadReport report,
      SharedSide shared) {
    this.vertx = sections.vertx();
    this.source = sections.services().reload();
    this.configs = configs;
    this.runtime = runtime;
    this.report = report;
    this.shared = shared;
    this.changes = new RuntimeChanges(configs, runtime, report, sections.log(), shared.changes());
    this.keys = new RuntimeKeys(sections, configs, shared.sync(), report);
    this.sections = sections;
    this.budgets = new RuntimeBudgets(sections, configs, shared.sync(), report);
  }

  static Reloads of(SectionsInForce sections, ConfigApplier configs, Observability seen) {
    ReloadReport report = new ReloadReport(seen.publisher());
    report.register(seen.operations().metrics());
    RuntimeProviders runtime = new RuntimeProviders();
    return new Reloads(
        sections,
        configs,
        runtime,
        report,
        SharedSide.of(sections, configs, runtime, report, seen.operations()));
  }

  RuntimeKeys keys() {
    return keys;
  }

  RuntimeBudgets budgets() {
    return budgets;
  }

  RuntimeProviders runtime() {
    return runtime;
  }

  SharedSide shared() {
    return shared;
  }

  /**
   * Reloads whenever a file changes, from now on.
   *
   * @param begun what was read for the start
   */
  void watch(Config begun) {
    if (source != null) {
      taken = begun;
      follow(source.files(configs.current()));
      if (Files.isRegularFile(source.file())) {
        // It may have changed since it was read for the start.
        reload(ReloadTrigger.FILE);
      }
    }
  }

  /** Whether these are others than before. */
  private synchronized boolean follow(List<Path> files) {
    boolean others = !closed && !files.equals(watched);
    if (others) {
      ConfigRetriever former = watch;
      watch = ReloadSource.watch(vertx, files, () -> reload(ReloadTrigger.FILE));
      watched = files;
      if (former != null) {
        former.close();
      }
    }
    return others;
  }

  synchronized void close() {
    closed = true;
    shared.sync().close();
    if (watch != null) {
      watch.close();
    }
  }

  @Override
  public Future<ReloadOutcome> reload() {
    return reload(ReloadTrigger.API);
  }

  @Override
  public Future<JoinedProvider> addProvider(JsonObject block) {
    return changes
        .add(block)
        .map(name -> new JoinedProvider(name, sections.unpriced(configs.current(), name)))
        .onSuccess(joined -> report.warn(joined.warnings()));
  }

  @Override
  public Future<Integer> removeProvider(String name) {
    return changes.remove(name);
  }

  @Override
  public boolean addedAtRuntime(String provider) {
    return runtime.contains(provider) || shared.providers().contains(provider);
  }

  @Override
  public String logLevel() {
    return changes.logLevel();
  }

  @Override
  public Future<String> logLevel(String level) {
    return changes.logLevel(level);
  }

  /** Never fails: what is wrong is in the outcome. */
  Future<ReloadOutcome> reload(ReloadTrigger trigger) {
    return reload(trigger, outcome -> tell(trigger, outcome));
  }

  private void tell(ReloadTrigger trigger, ReloadOutcome outcome) {
    report.tell(trigger, outcome);
    if (trigger != ReloadTrigger.FILE && report.refused()) {
      // One that is restored before the watch has seen it otherwise is no change to the watch.
      readAgain();
    }
  }

  private void readAgain() {
    vertx.setTimer(
        ReloadSource.SEEN_MILLIS, due -> reload(ReloadTrigger.FILE, this::tellUnlessRefused));
  }

  private void tellUnlessRefused(ReloadOutcome outcome) {
    if (outcome.status() != ReloadOutcome.Status.REJECTED) {
      report.tell(ReloadTrigger.FILE, outcome);
    }
  }

  private Future<ReloadOutcome> reload(ReloadTrigger trigger, Consumer<ReloadOutcome> told) {
    Promise<ReloadOutcome> done = Promise.promise();
    Future<?> before = Objects.requireNonNull(last.getAndSet(done.future()));
    before
        .transform(ended -> read(trigger))
        .onSuccess(
            outcome -> {
              // What is read while all ends is nobody's problem.
              if (!closed) {
                told.accept(outcome);
              }
            })
        .onComplete(done);
    return done.future();
  }

  private Future<ReloadOutcome> read(ReloadTrigger trigger) {
    ReloadSource file = source;
    if (file == null) {
      return Future.succeededFuture(
          ReloadReport.rejected(
              "", "there is no configuration file to read again (start with --config FILE)"));
    }
    String name = file.file().toString();
    return file.read(vertx)
        .compose(
            result ->
                result instanceof ConfigResult.Loaded loaded
                    ? take(trigger, file, loaded)
                    : Future.succeededFuture(refused(file, result)))
        .otherwise(cause -> ReloadReport.rejected(name, String.valueOf(cause.getMessage())));
  }

  /** What is refused for the files that it names is read again when one of those changes. */
  private ReloadOutcome refused(ReloadSource file, ConfigResult result) {
    List<Path> files = new ArrayList<>(file.files(configs.current()));
    if (result instanceof ConfigResult.Invalid invalid) {
      invalid.unusable().stream().map(Path::toAbsolutePath).forEach(files::add);
    }
    if (follow(files.stream().distinct().toList())) {
      // One may have come before it was watched.
      readAgain();
    }
    return report.rejected(file, result);
  }

  /** A file that says what it said undoes nothing of what was changed by hand, unless asked. */
  private Future<ReloadOutcome> take(
      ReloadTrigger trigger, ReloadSource file, ConfigResult.Loaded loaded) {
    Config former = taken;
    if (trigger == ReloadTrigger.FILE
        && former != null
        && ConfigChange.same(former, loaded.config())) {
      Config now = configs.current();
      return Future.succeededFuture(
          ReloadReport.loaded(
              file,
              ConfigChange.between(now, loaded.config()).waiting(),
              loaded,
              runtimeOnes(now)));
    }
    return apply(trigger, file, loaded);
  }

  /** Only a reload that somebody asks for brings back what was removed for all nodes. */
  private Future<ReloadOutcome> apply(
      ReloadTrigger trigger, ReloadSource file, ConfigResult.Loaded loaded) {
    Config read = loaded.config();
    Config before = configs.current();
    Future<List<String>> restored =
        trigger == ReloadTrigger.FILE
            ? Future.succeededFuture(shared.stillRemoved(read.providers()))
            : shared.restored(read.providers());
    return restored.compose(
        kept ->
            shared
                .reloaded(read)
                .map(
                    applied -> {
                      taken = read;
                      runtime.taken(read);
                      Config now = configs.current();
                      follow(file.files(now));
                      return ReloadReport.loaded(
                          file,
                          applied.change().since(before, now),
                          loaded.withWarnings(warnings(file, kept, read)),
                          runtimeOnes(now));
                    }));
  }

  /** What costs nothing, is open to all, or does not count since it was changed by hand. */
  private List<String> warnings(ReloadSource file, List<String> kept, Config read) {
    List<String> all = new ArrayList<>(kept);
    all.addAll(sections.priceNotices(read));
    all.addAll(sections.services().openness(configs.current()));
    all.addAll(file.remarks().apply(configs.current()));
    List<String> callers = sections.overlay().over(read.budgets().callers());
    if (!callers.isEmpty()) {
      all.add("budgets that were set while running count: " + String.join(", ", callers));
    }
    return all;
  }

  private List<String> runtimeOnes(Config config) {
    return config.providers().stream()
        .map(entry -> entry.options().name())
        .filter(this::addedAtRuntime)
        .toList();
  }
}
