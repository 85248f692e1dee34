package dev.infermux.assembly;

import dev.infermux.config.Config;
import java.util.List;

/**
 * A configuration with the providers that all nodes shall have.
 *
 * @param added those that are none of this node's own, by name
 * @param problems why it is without others
 */
record LaidProviders(Config config, List<String> added, List<String> problems) {}
