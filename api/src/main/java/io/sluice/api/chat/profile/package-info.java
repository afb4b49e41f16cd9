/** Rules of a deployment that answers about health: emergencies, a disclaimer, and doses. */
@NullMarked
package io.sluice.api.chat.profile;

import org.jspecify.annotations.NullMarked;
