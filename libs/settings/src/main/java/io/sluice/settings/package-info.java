/** The settings that all programs share: their names, their checks, and what to do about a wrong one. */
@NullMarked
package io.sluice.settings;

import org.jspecify.annotations.NullMarked;
