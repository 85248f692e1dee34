package dev.infermux.keys;

import dev.infermux.inference.Secret;

/** A key that was just made, with the key itself, which is shown this once. */
public record IssuedKey(VirtualKey key, Secret secret) {}
