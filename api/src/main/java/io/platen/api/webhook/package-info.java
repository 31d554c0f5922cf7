/** What happens, told to other servers. */
@NullMarked
package io.platen.api.webhook;

import org.jspecify.annotations.NullMarked;
