package dev.infermux.nodes;

/**
 * What became of an attempt to change something for all nodes.
 *
 * @param taken false = somebody else had changed something before
 * @param version the newest
 */
public record ChangeAnswer(boolean taken, long version) {}
