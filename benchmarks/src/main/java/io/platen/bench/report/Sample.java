package io.platen.bench.report;

/**
 * One measured value.
 *
 * @param benchmark the case
 * @param setting what was varied, such as "100 printers, warm"
 * @param measure what was measured, with its unit
 * @param system what it was measured of
 * @param round counted from 1; values of one round are compared with each other
 */
public record Sample(String benchmark, String setting, String measure, String system, int round, double value) {}
