package dev.infermux.cluster.lease;

/**
 * What the store says to a {@link Step}, in nano-dollars.
 *
 * @param authorised all that the lease may spend, from its beginning
 * @param free what is under the limit and authorised to nobody; negative = too much is authorised
 * @param most what could be authorised at most, if every node gave back all that it does not hold
 * @param wanted whether some node waits for money of this budget
 * @param before what all nodes had settled before this step
 * @param settled what they have settled with it
 * @param lost whether the store had forgotten an earlier answer
 */
public record StepAnswer(
    long authorised,
    long free,
    long most,
    boolean wanted,
    long before,
    long settled,
    boolean lost) {}
