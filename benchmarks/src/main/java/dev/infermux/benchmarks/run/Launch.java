package dev.infermux.benchmarks.run;

/**
 * One start of the gateway.
 *
 * @param firstAnswerMillis from the start of its process to the first answer through it
 * @param idleMb memory after that answer, with nothing to do
 * @param endMb memory after all phases
 * @param warmUps windows until it had settled
 * @param fullSpeedSeconds of load until it first was within 10 % of the most requests a second
 * @param liveMb in its heap when it was warm and nothing was open; NaN where that is not known
 * @param spansPerRequest spans that arrived at the sink, over requests, while warming up
 */
record Launch(
    int number,
    double firstAnswerMillis,
    double idleMb,
    double endMb,
    int warmUps,
    double fullSpeedSeconds,
    double liveMb,
    double spansPerRequest) {

  /** The same launch with what was measured at its start. */
  Launch started(double answeredMillis, double restingMb) {
    return new Launch(
        number,
        answeredMillis,
        restingMb,
        endMb,
        warmUps,
        fullSpeedSeconds,
        liveMb,
        spansPerRequest);
  }
}
