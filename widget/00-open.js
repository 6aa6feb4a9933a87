// Opens the wrapper that 99-close.js ends: one widget per page, one scope for all parts. Reads the script tag while it is known.
(function () {
'use strict';
if (window.frontdesk) return;
const tag = document.currentScript || document.querySelector('script[src*="/widget.js"]');
const tagData = tag ? tag.dataset : {};
const base = tag && tag.src ? new URL(tag.src, location.href).origin : location.origin;
const pageMode = tagData.embed === 'page' || /[?&]embed=(1|page)/.test(tag ? tag.src : '');
