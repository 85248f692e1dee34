package dev.infermux.nodes;

import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the module that can make a cluster, which is not part of the plain jar. */
public final class ClusterModule {

  private ClusterModule() {}

  /** Empty where the module is not on the class path. */
  public static Optional<ClusterFactory> find() {
    return ServiceLoader.load(ClusterFactory.class, ClusterModule.class.getClassLoader())
        .findFirst();
  }

  /**
   * The same where there is no way without.
   *
   * @throws IllegalArgumentException which says what to add
   */
  public static ClusterFactory need() {
    return find()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cluster.enabled: true without the module that makes a cluster (expected:"
                        + " dev.infermux:infermux-cluster on the class path; see docs/nodes.md)"));
  }
}
