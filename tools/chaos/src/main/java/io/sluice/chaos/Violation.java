package io.sluice.chaos;

/**
 * A violation of the promise.
 *
 * @param rule the violated rule
 * @param detail one sentence
 */
record Violation(Rule rule, String detail) {

    /** The rules of the promise. */
    enum Rule {
        NOTHING_IS_LOST,
        NOTHING_IS_STORED_TWICE,
        BYTES_STAY_AS_THEY_WERE_SENT,
        ORDER_OF_A_KEY_STAYS,
        NOTHING_IS_MADE_UP,
        HANDLERS_TAKE_EFFECT_ONCE,
        IMAGES_ARE_ANALYSED_ONCE,
        NOTHING_BECOMES_A_DEAD_LETTER,
        ANSWERS_ARE_EXPECTED,
        EVENTS_FLOW_AGAIN_IN_TIME
    }
}
