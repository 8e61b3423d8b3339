"""A page of Streamlit with nothing of ours on it: what a run costs before anything is drawn."""

import streamlit as st

st.title("Empty")
