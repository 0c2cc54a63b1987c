/** What went through a tunnel: capture store, API and page. Built by a later step. */
@NullMarked
package dev.porthole.inspector;

import org.jspecify.annotations.NullMarked;
