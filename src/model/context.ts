// What happened on a day in a place besides what people wrote: weather, holidays, events, indicators. No personal data.

import type { Interval } from './indicator.ts';

/** From the most specific to the least: where several say something of one series, the first that does is believed. */
export const CONTEXT_PLACES = ['commune', 'epci', 'department', 'zone', 'region', 'country'] as const;
/** `zone` is a zone of school holidays (`A`, `B`, `C`); `country` has one code, `FR`. */
export type ContextPlaceKind = (typeof CONTEXT_PLACES)[number];

export interface ContextPlace {
  readonly kind: ContextPlaceKind;
  readonly code: string;
}

export const EVERYWHERE: ContextPlace = { kind: 'country', code: 'FR' };

export const CONTEXT_KINDS = ['number', 'category', 'event'] as const;
/** Numbers and categories have one value a day and place; events add up. */
export type ContextKind = (typeof CONTEXT_KINDS)[number];

export const WEEKLY = ['mean', 'sum', 'minimum', 'maximum'] as const;
/** How the days of a week make the figure of the week. */
export type Weekly = (typeof WEEKLY)[number];

/** One value of one series, in a place, on every day from the first to the last (`YYYY-MM-DD`, both included). */
export interface Observation {
  readonly series: string;
  readonly place: ContextPlace;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Of numbers. */
  readonly value: number | null;
  /** Of categories and events. */
  readonly label: string | null;
}

/** What a series is, as the settings say. */
export interface ContextSeries {
  readonly source: string;
  readonly sourceTitle: string;
  readonly licence: string;
  readonly series: string;
  readonly title: string;
  readonly kind: ContextKind;
  /** Empty where there is none. */
  readonly unit: string;
  readonly weekly: Weekly;
}

/** A row of a release's `context` files. */
export interface ContextRow extends ContextSeries {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly placeKind: ContextPlaceKind;
  readonly place: string;
  readonly value: number | null;
  readonly label: string | null;
  /** Sha256 of the bytes received; null for what is computed by rule. */
  readonly record: string | null;
}

/** What a document's day and place had around them. */
export interface DocumentContext extends ContextSeries {
  readonly place: ContextPlace;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly value: number | null;
  readonly label: string | null;
}

/** Figure of a week: over the places of the finest kind that has one. */
export interface ContextWeek {
  readonly week: string;
  readonly value: number;
  /** Lowest and highest of the places. */
  readonly range: Interval;
  readonly places: number;
}

export interface ContextMark {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly label: string;
  /** Sorted by kind, then code. */
  readonly places: readonly ContextPlace[];
}

/** A series as the barometer shows it: weeks where it is a number, marks where it is not. */
export interface BarometerSeries extends ContextSeries {
  readonly weeks: readonly ContextWeek[];
  readonly marks: readonly ContextMark[];
}
