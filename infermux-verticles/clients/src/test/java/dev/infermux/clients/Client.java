package dev.infermux.clients;

/**
 * One client that is run.
 *
 * @param front the path of the API it speaks
 */
record Client(String name, String front, Program program) {}
